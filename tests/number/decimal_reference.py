"""Cases for decimal_test.cpp, worked by Python's own exact numbers: one case a line.

a b c | a in plain digits | a + b | a - b | a * b / c, half to even
"""

import random
from decimal import Decimal, getcontext
from fractions import Fraction

getcontext().prec = 400
random.seed(20240601)


def number():
    """A text of up to 38 significant and 30 fraction digits, at times with an exponent."""
    digits = "".join(random.choice("0123456789") for _ in range(random.randint(1, 38)))
    fraction = random.randint(0, min(30, len(digits) - 1))
    point = len(digits) - fraction
    text = digits[:point] + ("." + digits[point:] if fraction else "")
    if random.random() < 0.3:
        down = random.randint(0, 30 - fraction)
        up = random.randint(0, 38 - len(digits))
        text += "E" + str(random.choice([-down, up]))
    return random.choice(["", "-"]) + text


def plain(value):
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


for case in range(300):
    a, b, c = number(), number(), number()
    if case % 4 == 0:  # an exact half, of either sign
        a, b, c = str(random.randint(-(10**9), 10**9) * 2 + 1), "0.5", "1"
    if Decimal(c) == 0:
        c = "3"
    x, y, z = Decimal(a), Decimal(b), Decimal(c)
    ratio = round(Fraction(x) * Fraction(y) / Fraction(z))  # Python rounds half to even
    print(a, b, c, plain(x), plain(x + y), plain(x - y), ratio)
