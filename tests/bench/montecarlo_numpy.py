#!/usr/bin/python3
"""The work of the simulation's benchmark, vectorised over the paths. Prints the seconds it took.

    montecarlo_numpy.py PATHS MONTHS GRANTS
"""
import sys
import time

import numpy

paths, months, grants = (int(word) for word in sys.argv[1:4])
begin = time.perf_counter()
generator = numpy.random.Generator(numpy.random.Philox(1))
sd, common = 0.25, 0.30
revenue = numpy.zeros((months, paths))
liability = numpy.zeros((months, paths))
shared = generator.standard_normal((months, paths))
for grant in range(grants):
    face = 1e8 * (20 + grant % 60)
    left = numpy.full(paths, face)
    to_date = numpy.zeros(paths)
    exhausted = numpy.full(paths, months)
    for month in range(months):
        z = common ** 0.5 * shared[month] + (1 - common) ** 0.5 * generator.standard_normal(paths)
        usage = numpy.rint(1e8 * numpy.rint(1e9 * numpy.exp(sd * z - sd * sd / 2)) / 1e9)
        left -= numpy.minimum(usage, left)
        recognised = numpy.rint(face * (face - left) / face)
        revenue[month] += recognised - to_date
        liability[month] += face - recognised
        to_date = recognised
        exhausted = numpy.where((left <= 0) & (exhausted == months), month, exhausted)
print(time.perf_counter() - begin)
