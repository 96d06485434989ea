package dev.lmmrec.reading.text;

/**
 * A word or a punctuation mark.
 *
 * @param text as it stands in the review
 * @param word in lower case with plain apostrophes
 * @param start its first character (UTF-16 unit) in the field
 * @param end the one after its last
 */
public record Token(String text, String word, int start, int end) {

    public boolean isWord() {
        return Character.isLetterOrDigit(text.codePointAt(0));
    }

    public boolean isCapitalised() {
        return Character.isUpperCase(text.codePointAt(0));
    }

    public boolean hasDigit() {
        return text.chars().anyMatch(Character::isDigit);
    }
}
