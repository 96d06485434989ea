/**
 * What language models cost: prices, the day's count of tokens that all instances of the function share, and the metric
 * of what each review cost. Knows nothing of what is asked.
 */
package dev.lmmrec.extraction.cost;
