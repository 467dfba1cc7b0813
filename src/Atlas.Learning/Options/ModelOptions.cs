namespace Atlas.Learning.Options;

/// <summary>The block <c>models</c>: how hard the providers of language models are used.</summary>
public sealed record ModelOptions
{
    /// <summary>Limits of every provider that has none of its own.</summary>
    public ProviderLimits Limits { get; init; } = new();

    /// <summary>Limits of single providers. Such a block takes the place of <c>models.limits</c> as a whole.</summary>
    public LimitsByProvider LimitsByProvider { get; init; } = new();
}
