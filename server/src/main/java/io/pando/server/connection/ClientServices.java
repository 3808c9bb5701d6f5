package io.pando.server.connection;

import io.pando.server.auth.AccessControl;
import io.pando.server.core.Core;
import io.pando.server.figures.ServerFigures;
import io.pando.server.fourletter.FourLetterWords;
import io.pando.server.request.Reads;
import io.pando.server.request.WatchRequests;
import io.pando.server.watch.Publication;
import io.pando.zab.runtime.Clock;

/** What every connection of a server works with. */
record ClientServices(
        Core core,
        Publication publication,
        AccessControl access,
        Reads reads,
        WatchRequests watches,
        ConnectionRules rules,
        ConnectionLimits limits,
        Connections connections,
        Backlog backlog,
        LongMultis longMultis,
        ServerFigures figures,
        ServingLoops loops,
        FourLetterWords fourLetterWords,
        Askers askers,
        Clock clock) {}
