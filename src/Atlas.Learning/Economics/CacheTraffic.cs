using Atlas.Learning.Options;

namespace Atlas.Learning.Economics;

/// <summary>What the first calls of a key's sessions show about the cache they share, for one model of one provider.</summary>
/// <param name="Upstream">The service, as the proxy names it.</param>
/// <param name="Model">The model, as the service names it.</param>
/// <param name="Sessions">Sessions in the sample.</param>
/// <param name="SessionsPerHour">How many begin in an hour.</param>
/// <param name="SharedTokens">Tokens that the first call of a session reads from the cache on average, because other sessions wrote
/// them.</param>
/// <param name="FirstCallSeconds">How long a first call takes on average. Sessions that begin within that time do not find the cache
/// written yet.</param>
/// <param name="Price">What the model costs; null if no price is configured.</param>
public sealed record CacheTraffic(
    string Upstream, string Model, long Sessions, double SessionsPerHour, double SharedTokens, double FirstCallSeconds, TokenPrice? Price);
