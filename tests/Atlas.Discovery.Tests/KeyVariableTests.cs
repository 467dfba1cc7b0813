using Xunit;

namespace Atlas.Discovery.Tests;

/// <summary>Of the variables that a client reads, the one with the key is found.</summary>
public sealed class KeyVariableTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atlas-keys-").FullName;

    [Theory]
    [InlineData("AZURE_OPENAI_ENDPOINT", "AZURE_OPENAI_API_KEY")]
    [InlineData("MODEL_URL", "MODEL_SECRET")]
    [InlineData("OPENAI_API_BASE", "MY_TOKEN")]
    [InlineData("AzureOpenAI__Endpoint", "AzureOpenAI__ApiKey")]
    public void In_CSharp_the_address_is_not_taken_for_it(string address, string key)
    {
        Write("Desk.cs", $$"""
            using Azure.AI.OpenAI;
            public sealed class DeskAgent
            {
                private readonly object _client = new AzureOpenAIClient(
                    new Uri(Environment.GetEnvironmentVariable("{{address}}")!),
                    new ApiKeyCredential(Environment.GetEnvironmentVariable("{{key}}")!)).GetChatClient("gpt-4.1");
                public string Act(string task) => task;
            }
            """);

        Assert.Equal(key, Places.Discover(_folder).Choice.ApiKeyVariable);
    }

    [Theory]
    [InlineData("KEYHOLE_URL", "KEYHOLE_API_KEY")]
    [InlineData("TOKENIZER_MODEL", "HF_TOKEN")]
    public void In_Python_the_address_is_not_taken_for_it(string other, string key)
    {
        Write("desk.py", $$"""
            import os
            from openai import OpenAI

            client = OpenAI(base_url=os.environ["{{other}}"], api_key=os.environ["{{key}}"])

            class DeskAgent:
                def act(self, observation):
                    return client.chat.completions.create(model="gpt-4.1", messages=[])
            """);

        Assert.Equal(key, Places.Discover(_folder).Choice.ApiKeyVariable);
    }

    [Fact]
    public void Where_only_an_address_is_read_the_providers_own_variable_is_proposed()
    {
        Write("desk.py", """
            import os
            from openai import OpenAI

            client = OpenAI(base_url=os.getenv("KEYSTONE_ENDPOINT"))

            class DeskAgent:
                def act(self, observation):
                    return client.chat.completions.create(model="gpt-4.1", messages=[])
            """);

        Assert.Equal("OPENAI_API_KEY", Places.Discover(_folder).Choice.ApiKeyVariable);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
