using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Atlas.Models.Synthesis.Offline;

namespace Atlas.Models.Synthesis;

/// <summary>The synthesizers that can be selected by name. Immutable; <see cref="With"/> returns an extended catalog.</summary>
public sealed class SynthesizerCatalog
{
    private readonly ImmutableSortedDictionary<string, Func<SynthesizerOptions, ISynthesizer>> _providers;

    private SynthesizerCatalog(ImmutableSortedDictionary<string, Func<SynthesizerOptions, ISynthesizer>> providers) =>
        _providers = providers;

    /// <summary>Gets the synthesizer that comes with Atlas: <c>offline</c>.</summary>
    public static SynthesizerCatalog Default { get; } = new SynthesizerCatalog(
        ImmutableSortedDictionary.Create<string, Func<SynthesizerOptions, ISynthesizer>>(StringComparer.OrdinalIgnoreCase))
        .With(SynthesizerOptions.OfflineProvider, options => new OfflineSynthesizer(options));

    /// <summary>Gets the names of the providers, in order.</summary>
    public IEnumerable<string> Providers => _providers.Keys;

    /// <summary>Returns a catalog with a provider added or replaced.</summary>
    public SynthesizerCatalog With(string provider, Func<SynthesizerOptions, ISynthesizer> create)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(provider);
        ArgumentNullException.ThrowIfNull(create);
        return new(_providers.SetItem(provider, create));
    }

    /// <summary>Creates the synthesizer that the options name.</summary>
    /// <exception cref="ValidationException">A value is out of range, or there is no such provider.</exception>
    public ISynthesizer Create(SynthesizerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        return _providers.TryGetValue(options.Provider, out var create)
            ? create(options)
            : throw new ValidationException(
                $"There is no synthesizer provider '{options.Provider}'. Use one of: {string.Join(", ", Providers)}.");
    }
}
