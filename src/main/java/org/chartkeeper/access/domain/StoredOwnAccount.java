package org.chartkeeper.access.domain;

import java.util.List;
import org.chartkeeper.access.OwnAccount;
import org.chartkeeper.access.Reauthentication;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Service
@Requires(Permission.SIGNED_IN)
class StoredOwnAccount implements OwnAccount {

    private final Reauthentication reauthentication;
    private final Accounts accounts;
    private final Passwords passwords;
    private final CurrentActor actors;
    private final TransactionTemplate transaction;

    StoredOwnAccount(
            Reauthentication reauthentication,
            Accounts accounts,
            Passwords passwords,
            CurrentActor actors,
            PlatformTransactionManager transactions) {
        this.reauthentication = reauthentication;
        this.accounts = accounts;
        this.passwords = passwords;
        this.actors = actors;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public void changePassword(String present, String wanted, String again) {
        Actor actor = actors.get();
        Accounts.Stored account = accounts.find(actor.user());
        List<Problem> problems = passwords.problems(wanted, again, account.login(), account.name());
        if (problems.isEmpty() && wanted.equals(present)) {
            problems = List.of(Problem.error("password", "The new password is the present one"));
        }
        if (!problems.isEmpty()) {
            throw new Rejected(problems);
        }
        if (!confirmed(present)) {
            throw new Rejected(List.of(Problem.error("present", "This is not your present password")));
        }
        String hash = passwords.hash(wanted);
        transaction.executeWithoutResult(status -> {
            accounts.password(actor.user(), hash, false);
            accounts.version("user.password", actor.user(), actor.user());
        });
    }

    private boolean confirmed(String present) {
        try {
            return reauthentication.confirm(present);
        } catch (Rejected paused) {
            throw new Rejected(paused.problems().stream()
                    .map(problem -> Problem.error("present", problem.message()))
                    .toList());
        }
    }
}
