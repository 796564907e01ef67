/*
 * Pages of HTML as tests look at them.
 * In: the page. Out: whether every element is closed in its order, and what its tables hold.
 */
#ifndef TESTS_PAGE_H
#define TESTS_PAGE_H

#include <stdbool.h>
#include <stddef.h>

/* Every tag closed in its order, every attribute in quotation marks, no bare & or <; every id
 * there once, every link inside the page leading somewhere. Fails the test where that is not
 * so. */
void page_check(const char *page);

/* The rows in the body of the table with this id; the test fails where there is none. */
size_t page_rows(const char *page, const char *id);

/* How often a text occurs. */
size_t page_count(const char *page, const char *text);

#endif
