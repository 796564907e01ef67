#include "numeric/draw.h"
#include "numeric/normal.h"
#include "numeric/wide_log.h"
#include <string.h>

/*
 * With x = 2p - 1 and w = -log(1 - x^2) the quantile of p is x f(w), and f is smooth. Up to
 * w = 6.25 (|z| < 3.3, 999 draws of 1,000) this is the minimax polynomial of f, of degree 11 in
 * w - 3.125, within 8e-9. The form is that of Giles (2010, GPU Computing Gems Jade, ch. 10).
 */
#define END 6.25
static const double f[12] = {
    2.338620717234511308,     0.3396349493062802388,    -0.008532953266446044526,
    -0.001047487594398292652, 0.00026414765320984782,   -0.0000196508716121505445,
    -1.960149503977810044e-6, 6.048813310411644933e-7,  -3.527762930132549793e-8,
    -6.827134132299869435e-9, 9.467060927648997849e-10, 1.197975846529391791e-11};

/* f at r, in fours of pairs, which wait for each other least. */
WIDE_BODY void polynomial(const wide_doubles *r, wide_doubles *out)
{
    wide_doubles square = *r * *r, fourth = square * square;
    wide_doubles low = (*r * f[3] + f[2]) * square + (*r * f[1] + f[0]);
    wide_doubles middle = (*r * f[7] + f[6]) * square + (*r * f[5] + f[4]);
    wide_doubles high = (*r * f[11] + f[10]) * square + (*r * f[9] + f[8]);

    *out = (high * fourth + middle) * fourth + low;
}

/* Four normals; where *w is beyond END they are none. */
WIDE_BODY void four_normals(const uint64_t words[LANES], wide_doubles *w, wide_doubles *out)
{
    wide_words bits;
    wide_doubles x, rest, r;

    memcpy(&bits, words, sizeof bits);
    x = (wide_doubles)(bits >> 12 | WIDE_BIG) - 0x1.8p52;
    x = (x + 0.5) * 0x1p-51;
    rest = 1 - x * x;
    wide_logs(&rest, WIDE_LOG_FEW_TERMS, w);
    *w = -*w;
    r = *w - END / 2;
    polynomial(&r, out);
    *out *= x;
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
