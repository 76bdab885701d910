/**
 * Ready stages, and the usual pipeline made of them.
 *
 * <ul>
 *   <li>{@link io.bellwether.pipeline.stage.QualityGate}: enough lines covered by tests
 *   <li>{@link io.bellwether.pipeline.stage.SmokeTests}: a few HTTP requests with expectations
 *   <li>{@link io.bellwether.pipeline.stage.DeployStage}: rolls a version out with any strategy
 *   <li>{@link io.bellwether.pipeline.stage.MonitorStage}: watches gates for a while
 *   <li>{@link io.bellwether.pipeline.stage.DeliveryPipeline}: from validation to notification
 * </ul>
 */
@NullMarked
package io.bellwether.pipeline.stage;

import org.jspecify.annotations.NullMarked;
