package org.chartkeeper.testing;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import java.time.Instant;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** The beans that tests add to the application. */
@TestConfiguration(proxyBeanMethods = false)
class TestBeans {

    /**
     * Recurring jobs are called by the tests themselves. Left running beside them, by its own clock, a job takes rows from
     * under a test; that is how {@code OrderCheckTests} once failed. That they run is shown on the demo as it is shipped.
     */
    private static final Schedule NEVER = new Schedule() {
        @Override
        public Instant getNextExecutionTime(ExecutionComplete done) {
            return Schedule.NEVER;
        }

        @Override
        public boolean isDeterministic() {
            return true;
        }

        @Override
        public boolean isDisabled() {
            return true;
        }
    };

    @Bean
    @Primary
    TestClock testClock() {
        return new TestClock();
    }

    @Bean
    static StatementCounter statementCounter() {
        return new StatementCounter();
    }

    @Bean
    static BeanPostProcessor countStatements() {
        StatementCounter.Holder holder = StatementCounter.HOLDER;
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof DataSource source && name.equals("dataSource") ? holder.count(source) : bean;
            }
        };
    }

    @Bean
    static BeanPostProcessor leaveJobsToTests() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof RecurringTask<?> task
                        ? Tasks.recurring(task.getName(), NEVER).execute((instance, context) -> {})
                        : bean;
            }
        };
    }
}
