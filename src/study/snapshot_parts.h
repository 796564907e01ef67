/*
 * Pieces that several of a snapshot's files are made of. Private to them.
 * In: a trait, an estimate, a line of a ledger. Out: bytes, and back.
 */
#ifndef STUDY_SNAPSHOT_PARTS_H
#define STUDY_SNAPSHOT_PARTS_H

#include "base/pack.h"
#include "estimate/estimate.h"
#include "pair/ledger.h"

void snapshot_add_traits(struct text *bytes, struct trait *const *traits, size_t count);
struct trait **snapshot_take_traits(struct unpack *from, struct arena *arena, size_t *count);

void snapshot_add_entry(struct text *bytes, const struct ledger_entry *entry);
void snapshot_take_entry(struct unpack *from, struct ledger_entry *entry, struct arena *arena);

void snapshot_add_estimate(struct text *bytes, const struct estimate *estimate);
struct estimate snapshot_take_estimate(struct unpack *from, struct arena *arena);

#endif
