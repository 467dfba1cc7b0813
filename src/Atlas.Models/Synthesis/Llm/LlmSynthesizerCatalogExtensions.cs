using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.AI;

namespace Atlas.Models.Synthesis.Llm;

/// <summary>Adds language models to a catalog of synthesizers.</summary>
public static class LlmSynthesizerCatalogExtensions
{
    /// <summary>The name that selects a language model.</summary>
    public const string LlmProvider = "llm";

    /// <summary>Adds the provider <c>llm</c>, which asks a language model.</summary>
    /// <param name="catalog">The catalog so far.</param>
    /// <param name="createClient">Creates the client when the provider is selected. If it provides a
    /// <see cref="Providers.ModelDescription"/> as a service, that decides how answers are requested and how the records name the
    /// model.</param>
    /// <param name="options">How much the model sees; null for the defaults.</param>
    /// <exception cref="ValidationException">An option is out of range.</exception>
    public static SynthesizerCatalog WithLanguageModel(
        this SynthesizerCatalog catalog, Func<IChatClient> createClient, LlmSynthesizerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(createClient);
        options ??= new();
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        return catalog.With(LlmProvider, _ => new LlmSynthesizer(createClient(), options));
    }
}
