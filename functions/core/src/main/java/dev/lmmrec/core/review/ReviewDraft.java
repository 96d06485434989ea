package dev.lmmrec.core.review;

/**
 * A review as it arrives from outside, before {@link ReviewCheck}: any part may be missing (null) or wrong.
 *
 * @param reviewId see {@link Review#reviewId()}; null where the source has none
 * @param userId see {@link Review#userId()}
 * @param itemId see {@link Review#itemId()}
 * @param rating see {@link Review#rating()}
 * @param time epoch seconds
 * @param title see {@link Review#title()}
 * @param text see {@link Review#text()}
 * @param source see {@link Review#source()}
 */
public record ReviewDraft(
        String reviewId,
        String userId,
        String itemId,
        Double rating,
        Long time,
        String title,
        String text,
        String source) {}
