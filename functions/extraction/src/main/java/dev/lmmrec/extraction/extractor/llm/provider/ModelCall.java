package dev.lmmrec.extraction.extractor.llm.provider;

import dev.langchain4j.model.chat.response.ChatResponse;

/** One call of a model, made anew for each try. */
@FunctionalInterface
public interface ModelCall {

    /**
     * Calls the model.
     *
     * @return its answer
     * @throws NotAskedException if it is not to be asked
     */
    ChatResponse answer();
}
