/**
 * What training makes small: loss terms that can be switched and weighted one by one, and the objective that adds them.
 * A term looks at one step's forward pass and knows neither backbone nor loop.
 */
package dev.lmmrec.training.loss;
