namespace Atlas.Learning.Options;

/// <summary>The block <c>models</c>: how heavily the providers of language models are used.</summary>
public sealed record ModelOptions
{
    /// <summary>Limits for every provider without limits of its own.</summary>
    public ProviderLimits Limits { get; init; } = new();

    /// <summary>Limits for individual providers. Such a block replaces <c>models.limits</c> entirely.</summary>
    public LimitsByProvider LimitsByProvider { get; init; } = new();
}
