#!/usr/bin/python3
"""Makes data/overlap-simulated: a small made genome with two GWAS whose people overlap.

A marker stands for a stretch of the genome without neighbours; the longer the stretch (its LD
score), the likelier it acts. So LD score regression's model and that of MRlap hold both. The
truth: heritability of the exposure 0.3, 0.1 of the markers act, effect of the exposure on the
outcome 0.3, correlation of the errors (the cross-trait intercept) 0.4, M = sum of LD scores.

Usage: ldscore_example.py FOLDER
"""
import gzip
import os
import sys

import numpy as np

CHROMOSOMES, PER, SPACING = 6, 480, 510000
H2, SHARE, EFFECT, SHARED, OWN_H2 = 0.3, 0.1, 0.3, 0.4, 0.1


def write(path, lines):
    with open(path, "wb") as file:
        with gzip.GzipFile("", "wb", 9, file, 0) as packed:
            packed.write(("\n".join(lines) + "\n").encode())


def main(folder):
    rng = np.random.RandomState(20230)
    count = CHROMOSOMES * PER
    score = np.round(1 + rng.gamma(1.2, 80, count), 3)
    mean = score.mean()

    def effects(h2, share):
        acts = rng.uniform(size=count) < share * score / mean
        return acts * rng.normal(size=count) * np.sqrt(h2 / (share * count))

    x = effects(H2, SHARE)
    y = EFFECT * x + effects(OWN_H2, 0.3)
    n = [np.round(rng.uniform(9000, 11000, count)), np.round(rng.uniform(8000, 9000, count))]
    errors = rng.multivariate_normal([0, 0], [[1, SHARED], [SHARED, 1]], count)
    z = [x * np.sqrt(n[0]) + errors[:, 0], y * np.sqrt(n[1]) + errors[:, 1]]
    pairs = ["AC", "AG", "CT", "GT", "TC", "GA", "AT", "CG"]
    weights = np.array([.15, .15, .15, .15, .15, .15, .05, .05])
    alleles = [pairs[i] for i in rng.choice(len(pairs), count, p=weights)]
    frequency = np.round(rng.uniform(0.05, 0.95, count), 3)
    other_strand = str.maketrans("ACGT", "TGCA")
    header = "SNP\tCHR\tBP\teffect_allele\tother_allele\tEAF\tBETA\tSE\tN"
    files = [[header], [header]]
    os.makedirs(os.path.join(folder, "ld-scores"), exist_ok=True)
    for c in range(CHROMOSOMES):
        rows = ["CHR\tSNP\tBP\tL2"]
        for j in range(c * PER, (c + 1) * PER):
            place = "%d\t%d" % (c + 1, 100000 + SPACING * (j - c * PER))
            name = "rs%d" % (900001 + 7 * j)
            rows.append("%d\t%s\t%s\t%.3f" % (c + 1, name, place.split("\t")[1], score[j]))
            for side in range(2):
                a, sign, f = alleles[j], 1, frequency[j]
                if side == 1 and j % 3 == 0:
                    a, sign, f = a[::-1], -1, 1 - f
                if side == 1 and j % 5 == 0 and alleles[j] not in ("AT", "CG"):
                    a = a.translate(other_strand)
                if side == 1 and j % 97 == 5:
                    continue
                se = 1 / np.sqrt(2 * f * (1 - f) * n[side][j])
                files[side].append("%s\t%s\t%s\t%s\t%.3f\t%.5g\t%.5g\t%d" % (
                    name, place, a[0], a[1], f, sign * z[side][j] * se, se, n[side][j]))
        write(os.path.join(folder, "ld-scores", "%d.l2.ldscore.gz" % (c + 1)), rows)
        with open(os.path.join(folder, "ld-scores", "%d.l2.M_5_50" % (c + 1)), "w") as file:
            file.write("%d\n" % round(score[c * PER:(c + 1) * PER].sum()))
    write(os.path.join(folder, "simulated-exposure.tsv.gz"), files[0])
    write(os.path.join(folder, "simulated-outcome.tsv.gz"), files[1])


main(sys.argv[1])
