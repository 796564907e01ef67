#!/usr/bin/python3
"""What ldsc answers on data/overlap-simulated, as tests/golden/ldscore/results.csv.

Needs numpy, scipy and pandas, and the source of ldsc 1.0.1 (bulik/ldsc, commit
aa33296abac9569a6422ee6ba7eb4b902422cc74), its regressions.py, irwls.py and jackknife.py turned
to Python 3 by `2to3 -w -n`, and by nothing else. Alleles are matched as ldsc does: palindromic
variants left out, either strand.

Usage: ldscore_golden.py FOLDER_OF_LDSC FOLDER_OF_DATA
"""
import gzip
import sys
import warnings

import numpy as np

warnings.simplefilter("ignore")


def table(path):
    with gzip.open(path, "rt") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def turn(a, b):
    other = str.maketrans("ACGT", "TGCA")
    if a[0].translate(other) == a[1]:
        return 0
    for c in (b, b.translate(other)):
        if c == a:
            return 1
        if c[::-1] == a:
            return -1
    return 0


def joined(folder):
    sides = [{row["SNP"]: row for row in table(folder + "/simulated-" + name + ".tsv.gz")}
             for name in ("exposure", "outcome")]
    scores, markers = [], 0.0
    for c in range(1, 7):
        scores += table(folder + "/ld-scores/%d.l2.ldscore.gz" % c)
        markers += float(open(folder + "/ld-scores/%d.l2.M_5_50" % c).readline())
    rows = []
    for score in sorted(scores, key=lambda row: (int(row["CHR"]), int(row["BP"]))):
        x, y = (side.get(score["SNP"]) for side in sides)
        sign = turn(*(row["effect_allele"] + row["other_allele"] for row in (x, y))) if x and y else 0
        if sign:
            rows.append([float(score["L2"]), float(x["BETA"]) / float(x["SE"]),
                         sign * float(y["BETA"]) / float(y["SE"]), float(x["N"]),
                         float(y["N"])])
    return np.array(rows), markers


def main(ldsc, folder):
    sys.path.insert(0, ldsc)
    from ldscore import regressions

    rows, markers = joined(folder)
    l2, z1, z2, n1, n2 = (rows[:, i].reshape(-1, 1) for i in range(5))
    rg = regressions.RG(z1, z2, l2, l2, n1, n2, np.array([[markers]]), n_blocks=200, twostep=30)
    print("dataset,package,version,function,method,quantity,value,stochastic,sd,nseeds,snp,note")

    def say(method, quantity, value):
        print("ldscore,ldsc,1.0.1,RG,%s,%s,%.17g,0,,,," % (method, quantity, value))

    for name, fit in (("exposure", rg.hsq1), ("outcome", rg.hsq2), ("both", rg.gencov)):
        say(name, "total", float(fit.tot))
        say(name, "total_se", float(fit.tot_se))
        say(name, "intercept", float(fit.intercept))
        say(name, "intercept_se", float(fit.intercept_se))
    for name, fit in (("exposure", rg.hsq1), ("outcome", rg.hsq2)):
        say(name, "mean_chisq", float(fit.mean_chisq))
        say(name, "lambda_gc", float(fit.lambda_gc))
    say("both", "rg", rg.rg_ratio)
    say("both", "rg_se", rg.rg_se)
    say("both", "variants", len(l2))


main(sys.argv[1], sys.argv[2])
