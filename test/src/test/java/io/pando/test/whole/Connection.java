package io.pando.test.whole;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Ticker;
import io.pando.server.socket.ChannelSocket;
import io.pando.server.socket.ClientSocket;
import io.pando.server.socket.Newcomers;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A client's connection with a server: bytes both ways, and on the server's end the production's channel handlers. */
final class Connection {
    private static final long LOOK_NANOS = 50_000_000;
    private static final int LOOKS_BEHIND_THE_CLOSED = 10;
    private static final UnpooledByteBufAllocator HEAP = new UnpooledByteBufAllocator(false, true);

    private final World world;
    private final RandomGenerator random;
    private final SimClient client;
    private final long serverId;
    private final Pipe toServer;
    private final Pipe toClient;
    private @Nullable ServerEnd end;
    private ClientSocket.@Nullable Listener listener; // to the server's end, from its beginning
    private boolean clientIsGone;

    Connection(World world, RandomGenerator random, SimClient client, long serverId) {
        this.world = world;
        this.random = random;
        this.client = client;
        this.serverId = serverId;
        this.toServer = new Pipe(world, random, client.address(), serverId);
        this.toClient = new Pipe(world, random, serverId, client.address());
        toServer.carry(this::arrive);
    }

    long serverId() {
        return serverId;
    }

    // ---- the client's end

    private void arrive() {
        Life life = world.server(serverId).life();
        if (life == null) {
            refuse();
        } else {
            life.host().now(() -> life.accept(this));
        }
    }

    /** Nobody listens there. */
    void refuse() {
        tellClient();
    }

    private void tellClient() {
        toClient.carry(() -> {
            if (!clientIsGone) {
                clientIsGone = true;
                client.disconnected(this);
            }
        });
    }

    /** May arrive in pieces. */
    void send(byte[] bytes) {
        if (bytes.length > 1 && random.nextInt(20) == 0) {
            int cut = 1 + random.nextInt(bytes.length - 1);
            sendOnce(Arrays.copyOf(bytes, cut));
            sendOnce(Arrays.copyOfRange(bytes, cut, bytes.length));
        } else {
            sendOnce(bytes);
        }
    }

    private void sendOnce(byte[] bytes) {
        toServer.carry(() -> {
            ServerEnd open = end;
            if (open != null) {
                open.host.now(() -> open.received(bytes));
            }
        });
    }

    /** The client hears nothing more. What it has sent before still arrives, and then the server learns of it. */
    void close() {
        clientIsGone = true;
        toServer.carry(() -> {
            ServerEnd open = end;
            if (open != null) {
                open.host.now(open::closedByPeer);
            }
        });
    }

    /** The client hears nothing more, and the server does not learn of it by the connection. */
    void forget() {
        clientIsGone = true;
        toServer.hold(random.nextLong(20 * world.profile().meanDelayNanos() + 1));
    }

    // ---- the server's end

    void opened(Life life, Newcomers newcomers) {
        end = new ServerEnd(life, newcomers);
        end.register0();
    }

    void wakeIfNoted(long nanos) {
        ServerEnd open = end;
        if (open == null || open.woken) {
            return;
        }
        if (open.hasPendingTasks()) {
            open.woken = true;
            open.host.later(nanos, () -> {
                open.woken = false;
                open.turn();
            });
        } else {
            open.setAlarm(); // on the core's own loop things are done at once, and some leave something for later
        }
    }

    void serverDied(boolean machineRuns) {
        ServerEnd dying = end;
        end = null;
        if (dying == null || !dying.isOpen()) {
            return; // the client has been told already
        }
        if (machineRuns) {
            tellClient();
        } else {
            toClient.lose();
        }
    }

    private Newcomers heeding(Newcomers newcomers) {
        return (socket, remote) -> {
            listener = newcomers.admit(socket, remote);
            return listener;
        };
    }

    private InetSocketAddress clientAddress() {
        byte[] address = {127, 1, 0, (byte) -client.address()};
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), 1000);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Ticker ticker(SimHost host) {
        return new Ticker() {
            @Override
            public long initialNanoTime() {
                return 0;
            }

            @Override
            public long nanoTime() {
                return host.clock().nanoTime();
            }

            @Override
            public void sleep(long delay, TimeUnit unit) {
                throw new UnsupportedOperationException("Nobody sleeps here");
            }
        };
    }

    /** A channel without a socket, and with an event loop that only does something when it is told to. */
    private final class ServerEnd extends EmbeddedChannel {
        private final Life life;
        private final SimHost host;
        private final Deque<byte[]> arrived = new ArrayDeque<>();
        private boolean woken;
        private long wakesAt = Long.MAX_VALUE;
        private @Nullable EventLoop lasting;

        ServerEnd(Life life, Newcomers newcomers) {
            super(EmbeddedChannel.builder()
                    .ticker(ticker(life.host()))
                    .register(false)
                    .handlers(ChannelSocket.of(heeding(newcomers))));
            this.life = life;
            this.host = life.host();
        }

        void register0() {
            config().setAllocator(HEAP);
            try {
                register();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            turn();
        }

        void received(byte[] bytes) {
            arrived.add(bytes);
            read0();
        }

        private void read0() {
            while (isOpen() && config().isAutoRead() && !arrived.isEmpty()) {
                pipeline().fireChannelRead(Unpooled.wrappedBuffer(arrived.remove()));
                pipeline().fireChannelReadComplete();
            }
            turn();
        }

        /** What the event loop has to do now; and when it is to be looked at again. */
        void turn() {
            runPendingTasks();
            setAlarm();
        }

        private void setAlarm() {
            long nanos = runScheduledPendingTasks();
            if (nanos >= 0) {
                long when = world.nowNanos() + nanos;
                if (when < wakesAt) {
                    wakesAt = when;
                    host.later(nanos + 1, () -> {
                        wakesAt = Long.MAX_VALUE;
                        turn();
                    });
                }
            }
        }

        @Override
        public EventLoop eventLoop() {
            if (lasting == null) {
                lasting = lasting(super.eventLoop());
            }
            return lasting;
        }

        /** The embedded loop forgets what is due later when its channel is closed. Those of production live on. */
        private EventLoop lasting(EventLoop embedded) {
            return (EventLoop) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(), new Class<?>[] {EventLoop.class}, (proxy, method, arguments) -> {
                        if (!isOpen() && method.getName().equals("schedule")) {
                            Runnable task = (Runnable) arguments[0];
                            host.later(((TimeUnit) arguments[2]).toNanos((long) arguments[1]), task);
                            return null; // what becomes of it, nobody asks who is gone
                        }
                        return method.invoke(embedded, arguments);
                    });
        }

        void closedByPeer() {
            close();
            turn();
        }

        @Override
        protected void doBeginRead() {
            if (arrived != null && !arrived.isEmpty()) {
                host.later(0, this::read0);
            }
        }

        @Override
        protected SocketAddress remoteAddress0() {
            return clientAddress();
        }

        @Override
        protected void handleOutboundMessage(Object message) {
            ByteBuf frames = (ByteBuf) message;
            byte[] bytes = ByteBufUtil.getBytes(frames);
            frames.release();
            toClient.carry(() -> {
                if (!clientIsGone) {
                    client.received(Connection.this, bytes);
                }
            });
        }

        @Override
        protected void doClose() throws Exception {
            super.doClose();
            tellClient();
            watchItBeForgotten(LOOKS_BEHIND_THE_CLOSED);
        }

        /** Until the core knows that it is gone, there may be something for its event loop to do. */
        private void watchItBeForgotten(int looksLeft) {
            host.later(LOOK_NANOS, () -> {
                if (looksLeft > 0) {
                    watchItBeForgotten(looksLeft - 1);
                } else {
                    life.requireForgotten(listener);
                    life.closed(Connection.this);
                    end = null;
                }
            });
        }
    }
}
