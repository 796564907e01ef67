/*
 * Streams of random numbers that depend on what they are for, never on when or where they run.
 * In: a study seed and names (exposure, outcome, method). Out: uniform and normal numbers.
 * The generator is Philox4x32-10 (Salmon et al. 2011, SC11): counter-based, so that a stream is
 * its key and nothing else, and draw number n can be had without the n-1 before it.
 */
#ifndef NUMERIC_RANDOM_H
#define NUMERIC_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* Words are made a batch at a time, and their normals when one is asked for. */
#define RANDOM_BATCH 32

struct random_stream {
    uint32_t key[2];
    uint64_t batch;   /* number of the batch to come */
    size_t used;      /* of the batch that is there */
    size_t quantiles; /* RANDOM_BATCH where normals are there, otherwise 0 */
    uint64_t words[RANDOM_BATCH];
    double normals[RANDOM_BATCH];
};

/* The stream of (seed, exposure, outcome, method); texts are hashed, NULL counts as empty. */
struct random_stream random_stream_of(uint64_t seed, const char *exposure, const char *outcome,
                                      const char *method);

/* Uniform on the open interval (0, 1), 53 bits. */
double random_uniform(struct random_stream *stream);

/* Uniform on 0 .. count-1, without bias; count > 0. */
size_t random_below(struct random_stream *stream, size_t count);

/* Standard normal, by the inverse distribution function: one uniform a number. */
double random_normal(struct random_stream *stream);

/* out[j] = mean[j] + sd[j] * standard normal, for j < count. */
void random_normals(struct random_stream *stream, const double *mean, const double *sd,
                    double *out, size_t count);

/* out[j] = standard normal, or uniform on (0, 1), for j < count: the numbers that one by one
 * gives, normal ones (here and above) to within 1e-8. */
void random_standard_normals(struct random_stream *stream, double *out, size_t count);
void random_uniforms(struct random_stream *stream, double *out, size_t count);

#endif
