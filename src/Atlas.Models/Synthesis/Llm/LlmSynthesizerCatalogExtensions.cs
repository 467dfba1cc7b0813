using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.AI;

namespace Atlas.Models.Synthesis.Llm;

/// <summary>Adds language models to the synthesizers that can be chosen.</summary>
public static class LlmSynthesizerCatalogExtensions
{
    /// <summary>The name under which a language model is chosen.</summary>
    public const string LlmProvider = "llm";

    /// <summary>The catalog with a provider <c>llm</c> that asks a language model.</summary>
    /// <param name="catalog">The catalog so far.</param>
    /// <param name="createClient">Makes the client when the provider is chosen. A <see cref="Providers.ModelDescription"/> that it
    /// gives as a service decides how answers are asked for and what the records call the model.</param>
    /// <param name="options">How much the model is shown.</param>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
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
