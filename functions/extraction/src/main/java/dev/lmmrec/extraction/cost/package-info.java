/**
 * What language models cost: prices, the day's count of tokens that all instances of the function share, and metrics:
 * of what each review cost and of how many were new. Knows nothing of what is asked.
 */
package dev.lmmrec.extraction.cost;
