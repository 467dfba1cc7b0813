using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using Anthropic.Core;
using Atlas.Learning.Options;
using Atlas.Models.Providers.Routing;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace Atlas.Models.Providers.Chat;

/// <summary>Creates the clients of the vendors' packages. Their retries and time limits are off, because ours surround them.</summary>
internal static class VendorClients
{
    private const int AnthropicOutputLimit = 4096;

    /// <summary>Uses Anthropic's package for Anthropic, and for everybody else OpenAI's, whose protocol they all offer.</summary>
    public static IChatClient Create(ModelRoute route, LlmParameters parameters, Secrets secrets, HttpClient http) =>
        route.Provider == LlmProvider.Anthropic ? OfAnthropic(route, parameters, secrets, http) : OfOpenAI(route, parameters, secrets, http);

    private static IChatClient OfOpenAI(ModelRoute route, LlmParameters parameters, Secrets secrets, HttpClient http)
    {
        var options = new OpenAIClientOptions
        {
            OrganizationId = parameters.Organization,
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            Transport = new HttpClientPipelineTransport(http),
        };
        if (route.Address is { } address)
        {
            options.Endpoint = address;
        }

        return new ChatClient(route.Model, new ApiKeyCredential(secrets.Key), options).AsIChatClient();
    }

    private static IChatClient OfAnthropic(ModelRoute route, LlmParameters parameters, Secrets secrets, HttpClient http)
    {
        var options = new ClientOptions
        {
            ApiKey = secrets.Key,
            HttpClient = http,
            MaxRetries = 0,
            Timeout = TimeSpan.FromDays(1),
        };
        if (route.Address is { } address)
        {
            options.BaseUrl = address.AbsoluteUri.TrimEnd('/');
        }

        return new AnthropicClient(options).AsIChatClient(route.Model, parameters.MaxOutputTokens ?? AnthropicOutputLimit);
    }
}
