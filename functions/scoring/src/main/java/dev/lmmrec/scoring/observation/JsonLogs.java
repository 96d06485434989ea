package dev.lmmrec.scoring.observation;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.Objects;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.MDC;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.JsonFormatter;

/** Makes log lines JSON objects, one a line, whichever log manager the function runs under. */
@Singleton
final class JsonLogs {

    void begin(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event,
            @ConfigProperty(name = "lmmrec.log-json") boolean json) {
        Objects.requireNonNull(event, "event");
        if (json) {
            for (Handler handler : Logger.getLogger("").getHandlers()) {
                format(handler);
            }
        }
    }

    private static void format(Handler handler) {
        if (handler instanceof ExtHandler nest) {
            for (Handler inner : nest.getHandlers()) {
                format(inner);
            }
        }
        if (handler instanceof StreamHandler || handler instanceof org.jboss.logmanager.handlers.WriterHandler) {
            handler.setFormatter(new WithRequestId());
        }
    }

    /** The log manager's own form, with the id of the request under way. */
    static final class WithRequestId extends JsonFormatter {

        @Override
        protected void after(Generator generator, ExtLogRecord line) throws Exception {
            Object id = MDC.get(RequestObserver.REQUEST_ID);
            if (id != null) {
                generator.add(RequestObserver.REQUEST_ID, id.toString());
            }
        }
    }
}
