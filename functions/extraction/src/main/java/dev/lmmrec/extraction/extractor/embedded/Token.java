package dev.lmmrec.extraction.extractor.embedded;

/**
 * A word or a punctuation mark.
 *
 * @param text as it stands in the review
 * @param word in lower case with plain apostrophes
 * @param start its first character (UTF-16 unit) in the field
 * @param end the one after its last
 */
record Token(String text, String word, int start, int end) {

    boolean isWord() {
        return Character.isLetterOrDigit(text.codePointAt(0));
    }

    boolean isCapitalised() {
        return Character.isUpperCase(text.codePointAt(0));
    }

    boolean hasDigit() {
        return text.chars().anyMatch(Character::isDigit);
    }
}
