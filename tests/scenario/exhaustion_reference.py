#!/usr/bin/python3
"""When one grant runs out under lognormal monthly shocks, by a simulation that shares no code with ours.

    exhaustion_reference.py FACE RATE SD MONTHS PATHS

Each month RATE x exp(SD z - SD^2 / 2) is drawn, z standard normal. Prints for each month the part of the paths on which
FACE has run out by its end.
"""
import math
import random
import sys

face, rate, sd = (float(word) for word in sys.argv[1:4])
months, paths = (int(word) for word in sys.argv[4:6])
generator = random.Random(20260101)
run_out = [0] * months
for _ in range(paths):
    left = face
    for month in range(months):
        left -= rate * math.exp(sd * generator.gauss(0, 1) - sd * sd / 2)
        if left <= 0:
            run_out[month] += 1
            break
total = 0
for count in run_out:
    total += count
    print(total / paths)
