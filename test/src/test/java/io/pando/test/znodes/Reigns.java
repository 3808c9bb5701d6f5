package io.pando.test.znodes;

import io.pando.test.harness.Ensemble;
import io.pando.test.harness.Member;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Who led which epoch, as the servers' logs have it: never two the same. */
public final class Reigns {
    private Reigns() {}

    public static void judge(Ensemble ensemble, Violations violations) throws IOException {
        Map<Long, Member> leaderOfEpoch = new HashMap<>();
        for (Member member : ensemble.members()) {
            member.epochsLed().forEach(epoch -> {
                Member known = leaderOfEpoch.putIfAbsent(epoch, member);
                if (known != null) violations.add("Both " + known + " and " + member + " led epoch " + epoch);
            });
        }
        if (leaderOfEpoch.isEmpty()) violations.add("No server's log says that it led");
    }
}
