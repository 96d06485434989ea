/** Tokens that callers bring, checked as the JWT authorizer of an HTTP API checks them. */
package dev.lmmrec.local.token;
