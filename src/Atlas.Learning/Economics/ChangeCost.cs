using System.Collections.Immutable;
using System.Globalization;
using Atlas.Domain;

namespace Atlas.Learning.Economics;

/// <summary>What a different playbook costs in prompt caches that must be written again. Pure.</summary>
/// <remarks>Running sessions keep their version, so their caches stay valid. What becomes invalid is the beginning that sessions share:
/// only the playbook's text if it comes after the client's own prompt (<c>suffix</c>), everything if it comes before it (<c>prefix</c>). It
/// is written once per model, and once more by each session that begins before the first answer has arrived.</remarks>
/// <param name="Tokens">Tokens written again, over all models.</param>
/// <param name="Usd">The additional cost compared with reading them from the cache, in US dollars; null if no price is known.</param>
/// <param name="Sessions">Sessions on which the estimate is based.</param>
/// <param name="Models">The same by model.</param>
/// <param name="Summary">The estimate in a sentence.</param>
public sealed record ChangeCost(long Tokens, decimal? Usd, long Sessions, ImmutableArray<ModelCost> Models, string Summary)
{
    /// <summary>Characters per token, for texts whose tokens nobody has counted.</summary>
    public const int CharactersPerToken = 4;

    /// <summary>Estimates the cost.</summary>
    /// <param name="traffic">The key's own traffic, by model.</param>
    /// <param name="given">Length of the text that sessions are given now, in characters; 0 for none.</param>
    /// <param name="mode">Where the playbook goes in prompts.</param>
    public static ChangeCost Of(IReadOnlyCollection<CacheTraffic> traffic, int given, InjectionMode mode)
    {
        ArgumentNullException.ThrowIfNull(traffic);
        var models = traffic.Select(one => Of(one, given, mode)).ToImmutableArray();
        var tokens = models.Sum(model => model.Tokens);
        var priced = models.Where(model => model.Usd is not null).ToArray();
        decimal? usd = priced.Length == 0 ? null : priced.Sum(model => model.Usd!.Value);
        var sessions = traffic.Sum(one => one.Sessions);
        return new ChangeCost(tokens, usd, sessions, models, Say(tokens, usd, sessions, priced.Length < models.Length));
    }

    private static ModelCost Of(CacheTraffic traffic, int given, InjectionMode mode)
    {
        var broken = mode is InjectionMode.Prefix ? traffic.SharedTokens : Math.Min(traffic.SharedTokens, (double)given / CharactersPerToken);
        var writers = 1 + (traffic.SessionsPerHour / 3600 * traffic.FirstCallSeconds);
        var tokens = (long)Math.Ceiling(broken * writers);
        return new ModelCost(traffic.Upstream, traffic.Model, tokens, traffic.Price is { } price ? tokens * (decimal)(price.CacheWrite - price.CachedInput) / 1_000_000m : null);
    }

    private static string Say(long tokens, decimal? usd, long sessions, bool someUnpriced) => sessions == 0
        ? "The cost of the change in prompt caches is unknown: no session of this key has used the proxy recently."
        : tokens == 0
            ? $"The change costs nothing in prompt caches: the first calls of the newest {Count(sessions)} read nothing that other sessions had written."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"About {tokens:N0} tokens of prompt caches will be rewritten, {(usd is { } known ? $"{known:0.####} US dollars{(someUnpriced ? " where prices are known" : "")}" : "at prices that the configuration does not contain")}, judging by the newest {Count(sessions)}. Running sessions keep their version.");

    private static string Count(long sessions) => sessions == 1 ? "session" : string.Create(CultureInfo.InvariantCulture, $"{sessions} sessions");
}

/// <summary>What a different playbook costs for one model.</summary>
/// <param name="Upstream">The service, as the proxy names it.</param>
/// <param name="Model">The model.</param>
/// <param name="Tokens">Tokens written again.</param>
/// <param name="Usd">The additional cost compared with reading them, in US dollars; null if no price is known.</param>
public sealed record ModelCost(string Upstream, string Model, long Tokens, decimal? Usd);
