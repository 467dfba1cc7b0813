using Atlas.Grains.Spending;
using Atlas.Learning.Options;
using Atlas.Models.Providers;
using Microsoft.Extensions.AI;

namespace Atlas.Hosting.Models;

/// <summary>Models for custom judges and synthesizers. Their calls are paid like those of Atlas itself: reserved in advance from the budgets
/// of the API key and the tenant of the session concerned, refused if a budget is not sufficient, and settled with the tokens that the
/// provider counted.</summary>
/// <remarks>A service of every silo. Calls outside a judging or a synthesis belong to nobody and are not counted.</remarks>
public sealed class SiloModels
{
    private readonly ChatClientFactory _factory;
    private readonly ModelSpending _spending;

    internal SiloModels(ChatClientFactory factory, ModelSpending spending) => (_factory, _spending) = (factory, spending);

    /// <summary>Creates a client of a model that Atlas can call, with its retries, limits and telemetry. It can be shared and lives as long
    /// as the silo.</summary>
    /// <param name="model">The model. <c>max_output_tokens</c> bounds what is reserved for an answer (4,096 if not set), and <c>price</c>
    /// converts tokens to dollars.</param>
    /// <exception cref="ModelException">The variable with the key is not set, or provider, model and address do not fit together.</exception>
    public IChatClient Create(LlmParameters model) => new PaidChatClient(_factory.Create(model), _spending, model);

    /// <summary>Wraps any other client so that its calls are paid.</summary>
    /// <param name="client">The client.</param>
    /// <param name="model">The model that it calls. Only <c>max_output_tokens</c> and <c>price</c> are used.</param>
    public IChatClient Paid(IChatClient client, LlmParameters model)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(model);
        return new PaidChatClient(client, _spending, model);
    }
}
