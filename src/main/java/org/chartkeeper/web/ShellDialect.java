package org.chartkeeper.web;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.dialect.AbstractDialect;
import org.thymeleaf.dialect.IExpressionObjectDialect;
import org.thymeleaf.expression.IExpressionObjectFactory;

/**
 * Gives templates {@code #ck} (dates, moments, ages) and {@code #shell} (the frame around the page). Both are made when a
 * template first asks for them, so an answer without a page costs nothing, and a page of an error has them too.
 */
@Component
class ShellDialect extends AbstractDialect implements IExpressionObjectDialect {

    private static final String DISPLAY = "ck";
    private static final String SHELL = "shell";

    private final Shells shells;

    ShellDialect(Shells shells) {
        super("Chartkeeper");
        this.shells = shells;
    }

    @Override
    public IExpressionObjectFactory getExpressionObjectFactory() {
        return new IExpressionObjectFactory() {
            @Override
            public Set<String> getAllExpressionObjectNames() {
                return Set.of(DISPLAY, SHELL);
            }

            @Override
            public @Nullable Object buildObject(IExpressionContext context, String name) {
                return switch (name) {
                    case DISPLAY -> shells.display();
                    case SHELL -> shells.shell(context);
                    default -> null;
                };
            }

            @Override
            public boolean isCacheable(String name) {
                return true;
            }
        };
    }
}
