namespace Atlas.Learning.Economics;

/// <summary>The share of input tokens that sessions read from the providers' prompt caches, for one version, with or without it in the
/// prompts.</summary>
/// <param name="Version">The version that the sessions were given; 0 for none.</param>
/// <param name="Injected">Whether it was in their prompts.</param>
/// <param name="Sessions">Sessions whose cached tokens are known.</param>
/// <param name="InputTokens">Tokens sent, including those from the cache.</param>
/// <param name="CachedTokens">Tokens read from a cache.</param>
public sealed record CacheShare(int Version, bool Injected, long Sessions, long InputTokens, long CachedTokens)
{
    /// <summary>Cached tokens divided by all input tokens, 0 to 1; null if nothing was sent.</summary>
    public double? Share => InputTokens > 0 ? (double)CachedTokens / InputTokens : null;
}
