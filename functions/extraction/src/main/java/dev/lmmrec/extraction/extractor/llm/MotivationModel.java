package dev.lmmrec.extraction.extractor.llm;

import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.UserMessage;
import io.quarkiverse.langchain4j.RegisterAiService;
import jakarta.enterprise.context.ApplicationScoped;

/** The model as a function of one review: no tools and no memory, so that no review can reach beyond its own answer. */
@ApplicationScoped
@RegisterAiService(chatMemoryProviderSupplier = RegisterAiService.NoChatMemoryProviderSupplier.class)
interface MotivationModel {

    /** Where the standing instructions are. */
    String SYSTEM_PROMPT = "dev/lmmrec/extraction/extractor/llm/system.txt";

    /** Where the frame around the review is. */
    String REVIEW_PROMPT = "dev/lmmrec/extraction/extractor/llm/review.txt";

    /**
     * Asks for the motivations of one review.
     *
     * @param problem what was wrong with the answer before, empty at first
     * @param boundary a line that the review cannot contain
     * @param rating 1 to 5
     * @param title the review's title, without invisible characters
     * @param text the review's text, without invisible characters
     * @return the answer; any part of it may be null
     */
    @SystemMessage(fromResource = SYSTEM_PROMPT)
    @UserMessage(fromResource = REVIEW_PROMPT)
    ModelAnswer read(String problem, String boundary, String rating, String title, String text);
}
