/**
 * From commit to production, on the same small AI service: staging by blue-green, production by
 * canary behind an approval, a bad version that is caught, an incident with its postmortem.
 *
 * <p>{@link io.bellwether.examples.quickstart.delivery.CommitToProduction} tells the story, {@link
 * io.bellwether.examples.quickstart.delivery.Deliver} is what workflow files call, and {@link
 * io.bellwether.examples.quickstart.delivery.ChatPipeline} is what a host would write.
 */
@NullMarked
package io.bellwether.examples.quickstart.delivery;

import org.jspecify.annotations.NullMarked;
