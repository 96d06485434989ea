package dev.lmmrec.extraction.extractor.llm.prompt;

/** Whether a model is made to write its steps before its answer. */
public enum Thought {
    /** Observations, candidates and checks come before the answer. */
    STEPS,
    /** The answer alone. */
    NONE
}
