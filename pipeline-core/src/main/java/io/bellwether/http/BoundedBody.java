package io.bellwether.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Collects a body up to a size, and lets go of the connection when there is more. */
final class BoundedBody implements BodySubscriber<byte[]> {
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final int most;
  private final boolean refusesMore;
  private @Nullable Subscription subscription;

  BoundedBody(int most, boolean refusesMore) {
    this.most = most;
    this.refusesMore = refusesMore;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    this.subscription = subscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (var buffer : buffers) {
      var part = new byte[Math.min(buffer.remaining(), most - kept.size())];
      buffer.get(part);
      kept.writeBytes(part);
      if (buffer.hasRemaining()) {
        endHere();
        return;
      }
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    body.complete(kept.toByteArray());
  }

  private void endHere() {
    if (refusesMore) {
      body.completeExceptionally(new IOException("the body is longer than " + most + " bytes"));
    } else {
      body.complete(kept.toByteArray());
    }
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
