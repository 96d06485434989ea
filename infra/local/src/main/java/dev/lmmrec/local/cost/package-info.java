/**
 * What the deployment on AWS costs, worked out from its description and from {@code infra/costs.json}, which holds all
 * prices and assumptions. Asks nobody for prices.
 */
package dev.lmmrec.local.cost;
