using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Atlas.Models.Synthesis.Offline;

namespace Atlas.Models.Synthesis;

/// <summary>The synthesizers that can be chosen by name. Immutable; <see cref="With"/> gives a larger one.</summary>
public sealed class SynthesizerCatalog
{
    private readonly ImmutableSortedDictionary<string, Func<SynthesizerOptions, ISynthesizer>> _providers;

    private SynthesizerCatalog(ImmutableSortedDictionary<string, Func<SynthesizerOptions, ISynthesizer>> providers) =>
        _providers = providers;

    /// <summary>What comes with Atlas: <c>offline</c>.</summary>
    public static SynthesizerCatalog Default { get; } = new SynthesizerCatalog(
        ImmutableSortedDictionary.Create<string, Func<SynthesizerOptions, ISynthesizer>>(StringComparer.OrdinalIgnoreCase))
        .With(SynthesizerOptions.OfflineProvider, options => new OfflineSynthesizer(options));

    /// <summary>Names of the providers, in order.</summary>
    public IEnumerable<string> Providers => _providers.Keys;

    /// <summary>This catalog with one provider more, or with another one of that name.</summary>
    public SynthesizerCatalog With(string provider, Func<SynthesizerOptions, ISynthesizer> create)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(provider);
        ArgumentNullException.ThrowIfNull(create);
        return new(_providers.SetItem(provider, create));
    }

    /// <summary>Makes the synthesizer that the options name.</summary>
    /// <exception cref="ValidationException">A value is out of its range, or there is no such provider.</exception>
    public ISynthesizer Create(SynthesizerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        return _providers.TryGetValue(options.Provider, out var create)
            ? create(options)
            : throw new ValidationException(
                $"There is no synthesizer provider '{options.Provider}'. Available: {string.Join(", ", Providers)}.");
    }
}
