#include "numeric/draw.h"
#include "numeric/normal.h"
#include "numeric/wide_log.h"
#include <string.h>

/*
 * With x = 2p - 1 and w = -log(1 - x^2) the quantile of p is x f(w), and f is smooth. Up to
 * w = 6.25 (|z| < 3.3, 999 draws of 1,000) this is the minimax polynomial of f, of degree 15 in
 * w - 3.125, within 9e-12. The form is that of Giles (2010, GPU Computing Gems Jade, ch. 10).
 */
#define END 6.25
static const double f[16] = {
    2.338620710019021457,      0.3396349586857871362,    -0.008532899073411870522,
    -0.001047511499441629982,  0.0002640818154217727464, -0.00001963294613548314454,
    -1.93086285312963783e-6,   5.98945189920766577e-7,   -4.11984412247222896e-8,
    -5.833732513915811046e-9,  1.507271644248235386e-9,  -7.347766669800565401e-11,
    -2.118443168922301052e-11, 3.422708267081439735e-12, 1.073926424933487414e-13,
    -4.374014644953926362e-14};

/* *out = f[k] + ... + f[k + 7] r^7, in pairs of pairs, which wait for each other least. */
WIDE_BODY void eight_terms(int k, const wide_doubles *r, wide_doubles *out)
{
    wide_doubles square = *r * *r;
    wide_doubles low = (*r * f[k + 3] + f[k + 2]) * square + (*r * f[k + 1] + f[k]);
    wide_doubles high = (*r * f[k + 7] + f[k + 6]) * square + (*r * f[k + 5] + f[k + 4]);

    *out = high * (square * square) + low;
}

/* Four normals; where *w is beyond END they are none. */
WIDE_BODY void four_normals(const uint64_t words[LANES], wide_doubles *w, wide_doubles *out)
{
    wide_words bits;
    wide_doubles x, rest, r, low, high, fourth;

    memcpy(&bits, words, sizeof bits);
    x = (wide_doubles)(bits >> 12 | WIDE_BIG) - 0x1.8p52;
    x = (x + 0.5) * 0x1p-51;
    rest = 1 - x * x;
    wide_logs(&rest, WIDE_LOG_FEW_TERMS, w);
    *w = -*w;
    r = *w - END / 2;
    eight_terms(0, &r, &low);
    eight_terms(8, &r, &high);
    fourth = r * r * (r * r);
    *out = x * (high * (fourth * fourth) + low);
}

/* Those that the polynomial does not reach. */
static void fill_far(const uint64_t words[DRAW_BATCH], const double w[DRAW_BATCH],
                     double out[DRAW_BATCH])
{
    for (int i = 0; i < DRAW_BATCH; i++) {
        if (w[i] > END) {
            out[i] = normal_quantile(draw_uniform(words[i]));
        }
    }
}

WIDE_BODY void normals(const uint64_t words[DRAW_BATCH], double out[DRAW_BATCH])
{
    double far[DRAW_BATCH];
    wide_words is_far = {0};

    for (int i = 0; i < DRAW_BATCH; i += LANES) {
        wide_doubles w, z;

        four_normals(words + i, &w, &z);
        is_far |= (wide_words)(w > END);
        memcpy(far + i, &w, sizeof w);
        memcpy(out + i, &z, sizeof z);
    }
    if ((is_far[0] | is_far[1] | is_far[2] | is_far[3]) != 0) {
        fill_far(words, far, out);
    }
}

WIDE_BODY void scale(const double *mean, const double *sd, const double *standard, double *out,
                     int count)
{
    int j = 0;

    for (; j + LANES <= count; j += LANES) {
        wide_doubles m, s, z;

        memcpy(&m, mean + j, sizeof m);
        memcpy(&s, sd + j, sizeof s);
        memcpy(&z, standard + j, sizeof z);
        m += s * z;
        memcpy(out + j, &m, sizeof m);
    }
    for (; j < count; j++) {
        out[j] = mean[j] + sd[j] * standard[j];
    }
}

WIDE_TARGET static void normals_wide(const uint64_t words[DRAW_BATCH], double out[DRAW_BATCH])
{
    normals(words, out);
}

static void normals_plain(const uint64_t words[DRAW_BATCH], double out[DRAW_BATCH])
{
    normals(words, out);
}

void draw_normals(const uint64_t words[DRAW_BATCH], double out[DRAW_BATCH])
{
    (WIDE_IS_THERE() ? normals_wide : normals_plain)(words, out);
}

WIDE_TARGET static void scale_wide(const double *mean, const double *sd, const double *standard,
                                   double *out, int count)
{
    scale(mean, sd, standard, out, count);
}

static void scale_plain(const double *mean, const double *sd, const double *standard,
                        double *out, int count)
{
    scale(mean, sd, standard, out, count);
}

void draw_scale(const double *mean, const double *sd, const double *standard, double *out,
                int count)
{
    (WIDE_IS_THERE() ? scale_wide : scale_plain)(mean, sd, standard, out, count);
}
