"""Prints cases.txt: statistics from the formulas of docs/semantics.md, in 60 digits of mpmath and in exact fractions.

Nothing here shares code or a way of computing with Sluice: quantiles are roots of erfc, ends of Wilson's interval are roots
of its equation, and the smallest effect is a root of its equation. Needs mpmath; run: python3 cases.py > cases.txt
"""
import random
from fractions import Fraction
from mpmath import mp, mpf, sqrt, erfc, findroot, log, exp, nstr, polyroots

mp.dps = 60
rand = random.Random(20150501)


def upper(tail):
    return findroot(lambda z: erfc(z / sqrt(2)) / 2 - tail, 1)


Z = upper(mpf("0.025"))
Z80 = upper(mpf("0.2"))


def out(kind, given, *values):
    print(kind, *given, "->", *[v if isinstance(v, str) else nstr(mpf(v), 20) for v in values])


def wilson(s, n):
    # The rates p for which (s/n - p)^2 = z^2 p (1 - p) / n.
    roots = polyroots([n + Z * Z, -(2 * s + Z * Z), mpf(s) * s / n], maxsteps=200, extraprec=400)
    return sorted(max(mpf(0), min(mpf(1), mp.re(root))) for root in roots)


def two(s1, n1, s2, n2):
    p1, p2, p = mpf(s1) / n1, mpf(s2) / n2, mpf(s1 + s2) / (n1 + n2)
    (l1, u1), (l2, u2) = wilson(s1, n1), wilson(s2, n2)
    d = p1 - p2
    z = d / sqrt(p * (1 - p) * (mpf(1) / n1 + mpf(1) / n2))
    return d, erfc(abs(z) / sqrt(2)), d - sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2), d + sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2)


def effect(n1, n2, rate):
    found = []
    for sign in (1, -1):
        limit = 1 - rate if sign > 0 else rate

        def gap(d):
            r = rate + sign * d
            p = (n1 * r + n2 * rate) / (n1 + n2)
            return d - Z * sqrt(p * (1 - p) * (mpf(1) / n1 + mpf(1) / n2)) - Z80 * sqrt(
                r * (1 - r) / n1 + rate * (1 - rate) / n2
            )

        if limit > 0 and gap(limit) >= 0:
            found.append(findroot(gap, (mpf("1e-12"), limit), solver="anderson", tol=mpf(10) ** -80))
    return min(found) if found else "none"


def hochberg(ps):
    # The smallest level at which the step-up procedure of the paper rejects the hypothesis, over all candidate levels.
    m, ordered = len(ps), sorted(ps)
    levels = sorted({min(Fraction(1), p * m / k) for k, p in enumerate(ordered, 1)} | {Fraction(1)})

    def rejects(p, level):
        k = max((k for k in range(1, m + 1) if ordered[k - 1] <= level * k / m), default=0)
        return k > 0 and p <= ordered[k - 1]

    return [next(level for level in levels if rejects(p, level)) for p in ps]


def meier(units, horizon):
    s, v = mpf(1), mpf(0)
    for t in sorted({t for t, lost in units if not lost and t <= horizon}):
        d = sum(1 for u, lost in units if u == t and not lost)
        n = sum(1 for u, _ in units if u >= t)
        s *= 1 - mpf(d) / n
        if n > d:
            v += mpf(d) / n / (n - d)
    if not 0 < s < 1 or all(t < horizon for t, _ in units):
        return None
    half = Z * sqrt(v) / abs(log(s))
    low, high = exp(log(s) * exp(half)), exp(log(s) * exp(-half))
    return 1 - s, 1 - high, 1 - low


for s, n in [(0, 1), (1, 1), (0, 30), (30, 30), (1, 30), (15, 148), (81, 263), (1, 10**9), (10**9 - 1, 10**9), (5, 10**12)]:
    out("wilson", (s, n), *wilson(s, n))
for _ in range(30):
    n = rand.choice([rand.randint(1, 60), rand.randint(60, 10**6)])
    s = rand.randint(0, n)
    out("wilson", (s, n), *wilson(s, n))
for _ in range(40):
    n1, n2 = (rand.choice([rand.randint(1, 200), rand.randint(200, 10**6)]) for _ in range(2))
    s1, s2 = rand.randint(0, n1), rand.randint(0, n2)
    if rand.random() < 0.6:
        s1 = min(n1, round(s2 * n1 / n2 * rand.uniform(0.8, 1.2)))
    if 0 < s1 + s2 < n1 + n2 and s1 * n2 != s2 * n1:
        out("two", (s1, n1, s2, n2), *two(s1, n1, s2, n2))
for _ in range(60):
    n1, n2 = (rand.choice([rand.randint(2, 40), rand.randint(40, 500), rand.randint(500, 10**6)]) for _ in range(2))
    percent = rand.choice([0, 1, 50, 100, rand.randint(0, 100)])
    out("effect", (n1, n2, percent), effect(n1, n2, mpf(percent) / 100))
for n1, n2, percent in [(5, 5, 50), (3, 1000, 50), (4, 30, 50)]:
    out("effect", (n1, n2, percent), effect(n1, n2, mpf(percent) / 100))
for _ in range(20):
    ps = [Fraction(rand.choice([rand.randint(0, 100), rand.randint(0, 1000), 10]), 1000) for _ in range(rand.randint(1, 12))]
    out("hochberg", [float(p) for p in ps], *[mpf(q.numerator) / q.denominator for q in hochberg(ps)])
cases = 0
while cases < 30:
    units = [(rand.randint(0, 20), rand.random() < 0.4) for _ in range(rand.randint(3, 40))]
    horizon = rand.randint(1, 20)
    if (found := meier(units, horizon)) is not None:
        cases += 1
        out("meier", [horizon] + [f"{t}{'+' if lost else ''}" for t, lost in units], *found)
