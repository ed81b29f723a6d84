#!/usr/bin/env python3
"""Fits the same histories again, in fractions, and compares.

    check_fits.py FILE

A line: model, months looked at, history, amounts of the months to come, months fitted, mean of the errors in percent,
mean error; or "refused" in place of the last four. Ends with 1 at the first difference.
"""
import sys
from fractions import Fraction


def solve(model, months, history, ahead):
    """(fitted past, actual past, future), or None where the model has nothing to go by."""
    past = history[-months:]
    if not any(value > 0 for value in past):
        return None
    if model == "mean":
        mean = max(Fraction(0), sum(past) / len(past))
        return [mean] * len(past), past, [mean] * ahead
    if model == "linear":
        n = len(past)
        middle = Fraction(n - 1, 2)
        mean = sum(past) / n
        over = sum((t - middle) * (y - mean) for t, y in enumerate(past))
        under = sum((t - middle) ** 2 for t in range(n))
        slope = over / under if under else Fraction(0)
        line = [max(Fraction(0), mean + slope * (t - middle)) for t in range(n + ahead)]
        return line[:n], past, line[n:]
    if model == "growth":
        begin = next(i for i, value in enumerate(past) if value > 0)
        past = past[begin:]
        before = sum(past[:-1])
        rate = max(Fraction(0), sum(past[1:]) / before) if before > 0 else Fraction(1)
        curve = [past[0] * rate ** k for k in range(len(past) + ahead)]
        return curve[:len(past)], past, curve[len(past):]
    if len(past) < 12:
        return None
    pairs = [(past[i - 12], past[i]) for i in range(12, len(past))][-12:]
    rate = Fraction(1)
    if pairs:
        before = sum(old for old, _ in pairs)
        if before <= 0:
            return None
        rate = max(Fraction(0), sum(new for _, new in pairs) / before)
    fitted = [max(Fraction(0), old * rate) for old, _ in pairs]
    future = [max(Fraction(0), past[-12 + k % 12] * rate ** (1 + k // 12)) for k in range(ahead)]
    return fitted, [new for _, new in pairs], future


def main(path):
    count = 0
    for line in open(path, encoding="utf-8"):
        fields = line.rstrip("\n").split("\t")
        history = [Fraction(text) for text in fields[2].split()]
        found = solve(fields[0], int(fields[1]), history, 15)
        if found is None:
            ours = ["refused"]
        else:
            fitted, actual, future = found
            misses = [f - a for f, a in zip(fitted, actual)]
            percents = [100 * abs(m) / a for m, a in zip(misses, actual) if a > 0]
            ours = [" ".join(str(value) for value in future) + " ", str(len(actual)),
                    str(sum(percents) / len(percents)) if percents else "none",
                    str(sum(misses) / len(misses)) if misses else "0"]
        if fields[3:] != ours:
            print("differs:", line, "here:", ours)
            return 1
        count += 1
    print(count, "fits agree")
    return 0


sys.exit(main(sys.argv[1]))
