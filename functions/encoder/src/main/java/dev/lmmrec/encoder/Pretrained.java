package dev.lmmrec.encoder;

/**
 * Encoders that come ready trained and quantised as resources of the class path; they cut words into the same pieces.
 */
public enum Pretrained {
    /** Six layers; it also makes the sentence vectors of a deployment. */
    ALL_MINILM_L6("all-minilm-l6-v2-q"),

    /** Twelve layers. */
    BGE_SMALL("bge-small-en-v1.5-q");

    private final String id;

    Pretrained(String id) {
        this.id = id;
    }

    /**
     * Names the encoder wherever it is told what was made with it.
     *
     * @return name, version and that it is quantised
     */
    public String id() {
        return id;
    }

    /**
     * The weights.
     *
     * @return a resource, an ONNX file
     */
    public String model() {
        return "/" + id + ".onnx";
    }

    String tokenizer() {
        return "/" + id + "-tokenizer.json";
    }
}
