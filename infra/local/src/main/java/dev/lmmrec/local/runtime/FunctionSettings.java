package dev.lmmrec.local.runtime;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How a function is run.
 *
 * @param name its name, as on AWS
 * @param region the region it claims to be in
 * @param handler {@code class::method}
 * @param task the folder with its unpacked zip
 * @param runtime the runtime interface client
 * @param temporary a folder in which each environment gets a temporary folder of its own
 * @param leash the jar that ends its environments with us
 * @param log where its environments write
 * @param memoryMegabytes the memory it is told it has
 * @param timeout how long one invocation may take
 * @param initMax how long an environment may take to come up. Lambda gives 10 s and then starts again within the
 *     function's timeout; here one longer span does, because the machine also runs everything else
 * @param idleMax how long an unused environment is kept
 * @param environmentsMax how many environments may exist at the same time
 * @param variables its environment variables, endpoints included
 */
public record FunctionSettings(
        String name,
        String region,
        String handler,
        Path task,
        RuntimeLibrary runtime,
        Path temporary,
        Path leash,
        Path log,
        int memoryMegabytes,
        Duration timeout,
        Duration initMax,
        Duration idleMax,
        int environmentsMax,
        Map<String, String> variables) {

    /**
     * Its ARN.
     *
     * @return the unqualified ARN
     */
    public String arn() {
        return "arn:aws:lambda:" + region + ":000000000000:function:" + name;
    }
}
