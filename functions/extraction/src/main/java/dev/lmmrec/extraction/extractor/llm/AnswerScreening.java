package dev.lmmrec.extraction.extractor.llm;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.lmmrec.core.review.Review;
import dev.lmmrec.extraction.extractor.Candidate;
import dev.lmmrec.extraction.extractor.ExtractionOutcome.Extracted;
import dev.lmmrec.extraction.extractor.llm.AnswerReader.Reading;
import dev.lmmrec.extraction.extractor.llm.prompt.Facets;
import dev.lmmrec.extraction.extractor.llm.prompt.Prompt;
import dev.lmmrec.extraction.extractor.llm.prompt.Thought;
import dev.lmmrec.extraction.privacy.PersonalData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is let through of a model's answer, whichever way it came: one form, whole, and no statement that says more than
 * a reason. Whether quotes stand in the review is for grounding to see. Safe for use by several threads.
 */
public final class AnswerScreening {

    private final AnswerReader reader;
    private final StatementGuard guard;
    private final Facets facets;

    /**
     * Makes the screening.
     *
     * @param prompt what was asked
     * @param personalData finds what a statement must not tell
     */
    public AnswerScreening(Prompt prompt, PersonalData personalData) {
        this.reader = new AnswerReader(prompt.thought() == Thought.STEPS);
        this.guard = new StatementGuard(prompt.instructions(), personalData);
        this.facets = prompt.facets();
    }

    /**
     * Screens an answer.
     *
     * @param response what the endpoint gave
     * @param boundary the line around the review
     * @param review what was asked about
     * @return what is let through, or what is wrong with the answer
     */
    public Screened screen(ChatResponse response, String boundary, Review review) {
        Reading reading = reader.read(response, boundary);
        return reading.answer()
                .map(answer -> screened(answer, review))
                .orElseGet(() -> new Screened(Optional.empty(), reading.problem(), 0));
    }

    private Screened screened(ModelAnswer answer, Review review) {
        List<Candidate> candidates = new ArrayList<>();
        List<String> statements = new ArrayList<>();
        for (ModelAnswer.Motive motive : answer.motivations()) {
            String statement = guard.plain(motive.statement());
            if (guard.passes(statement, statements, review) && guard.passesAsEvidence(motive.evidence())) {
                statements.add(statement);
                candidates.add(new Candidate(
                        motive.side(),
                        facets.chosen(motive.facet(), motive.otherFacet()),
                        motive.polarity(),
                        statement,
                        motive.evidence(),
                        motive.strength(),
                        motive.confidence()));
            }
        }
        List<String> kind = answer.kind().stream().map(guard::plain).toList();
        return new Screened(
                Optional.of(new Extracted(candidates, guard.passedAsKind(kind, review))),
                "",
                answer.motivations().size() - candidates.size());
    }

    /**
     * What came of an answer.
     *
     * @param found what is let through; empty if the answer cannot be used
     * @param problem what is wrong with it otherwise, free of its words
     * @param statementsRefused motivations that were not let through
     */
    public record Screened(Optional<Extracted> found, String problem, int statementsRefused) {}
}
