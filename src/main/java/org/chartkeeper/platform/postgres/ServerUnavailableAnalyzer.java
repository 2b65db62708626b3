package org.chartkeeper.platform.postgres;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do where the embedded server cannot start, instead of a stack trace. */
final class ServerUnavailableAnalyzer extends AbstractFailureAnalyzer<ServerUnavailable> {

    @Override
    protected FailureAnalysis analyze(Throwable root, ServerUnavailable cause) {
        return new FailureAnalysis(cause.getMessage(), null, cause);
    }
}
