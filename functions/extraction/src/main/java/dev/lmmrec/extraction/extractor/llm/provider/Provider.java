package dev.lmmrec.extraction.extractor.llm.provider;

import dev.langchain4j.model.chat.ChatModel;
import dev.lmmrec.extraction.cost.Price;

/**
 * A language model behind an endpoint.
 *
 * @param name the rung's name, as in the configuration
 * @param modelName the model's name at the endpoint
 * @param model asks the endpoint, once a call
 * @param price what its tokens cost
 */
public record Provider(String name, String modelName, ChatModel model, Price price) {}
