package io.bellwether.secret.source;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Shapes that only secrets have. They follow the public documentation of the providers and the
 * rules gitleaks and trufflehog publish for them.
 */
final class SecretShapes {
  /**
   * A shape.
   *
   * @param trigger a text every such secret has; looked for first
   * @param before how many characters of the secret stand before the trigger
   * @param shape matches from there
   * @param entropy bits per character it has to have more of
   */
  record Shape(String id, String trigger, int before, Pattern shape, double entropy) {}

  private static final String END = "(?![A-Za-z0-9_-])";
  private static final List<Shape> ALL = new ArrayList<>();

  static {
    add(
        "openai-api-key",
        "sk-",
        "sk-(?:(?:proj|svcacct|admin)-)?[A-Za-z0-9_-]{20,74}T3BlbkFJ[A-Za-z0-9_-]{20,74}",
        3);
    add("anthropic-api-key", "sk-ant-api", "sk-ant-api\\d\\d-[\\w-]{93}AA", 0);
    add("anthropic-admin-api-key", "sk-ant-admin", "sk-ant-admin\\d\\d-[\\w-]{93}AA", 0);
    for (var prefix : List.of("AKIA", "ASIA", "ABIA", "ACCA", "A3T")) {
      add(
          "aws-access-token",
          prefix,
          prefix.length() == 4 ? prefix + "[A-Z2-7]{16}" + END : "A3T[A-Z0-9][A-Z2-7]{16}" + END,
          3);
    }
    add("aws-bedrock-api-key", "ABSK", "ABSK[A-Za-z0-9+/]{109,269}={0,2}", 3);
    add("aws-bedrock-api-key", "bedrock-api-key-", "bedrock-api-key-[A-Za-z0-9+/=]{16,}", 0);
    for (var kind : List.of("ghp_", "gho_", "ghu_", "ghs_", "ghr_")) {
      add("github-token", kind, kind + "[0-9a-zA-Z]{36}", 3);
    }
    add("github-fine-grained-pat", "github_pat_", "github_pat_\\w{82}", 3);
    add("gcp-api-key", "AIza", "AIza[\\w-]{35}" + END, 4);
    add(
        "slack-webhook-url",
        "hooks.slack.com/",
        "hooks\\.slack\\.com/(?:services|workflows|triggers)/[A-Za-z0-9+/]{43,56}",
        0);
    add("slack-token", "xoxb-", "xoxb-[0-9]{10,13}-[0-9]{10,13}[a-zA-Z0-9-]*", 3);
    add("slack-token", "xoxp-", "xoxp-(?:[0-9]{10,13}-){3}[a-zA-Z0-9-]{28,34}", 2);
    add("slack-token", "xoxe-", "xoxe-\\d-[A-Z0-9]{140,}", 2);
    add("slack-app-token", "xapp-", "xapp-\\d-[A-Z0-9]+-\\d+-[a-z0-9]+", 2);
    add(
        "discord-webhook-url",
        "discord.com/api/webhooks/",
        "discord\\.com/api/webhooks/\\d{17,20}/[\\w-]{60,80}",
        0);
    add(
        "discord-webhook-url",
        "discordapp.com/api/webhooks/",
        "discordapp\\.com/api/webhooks/\\d{17,20}/[\\w-]{60,80}",
        0);
    add(
        "microsoft-teams-webhook",
        "webhook.office.com/webhookb2/",
        "webhook\\.office\\.com/webhookb2/[0-9a-f-]{36}@[0-9a-f-]{36}/IncomingWebhook/[0-9a-z]{32}/[0-9a-f-]{36}",
        0);
    add("huggingface-access-token", "hf_", "hf_[a-zA-Z]{34}" + END, 2);
    add("perplexity-api-key", "pplx-", "pplx-[a-zA-Z0-9]{48}", 4);
    add("groq-api-key", "gsk_", "gsk_[a-zA-Z0-9]{52}", 3);
    ALL.add(
        new Shape(
            "azure-ad-client-secret",
            "Q~",
            4,
            Pattern.compile("[a-zA-Z0-9_~.]{3}\\dQ~[a-zA-Z0-9_~.-]{31,34}"),
            3));
    add("sendgrid-api-token", "SG.", "SG\\.[\\w.=-]{66}", 2);
    add("vault-service-token", "hvs.", "hvs\\.[\\w-]{90,120}", 3.5);
    add("vault-batch-token", "hvb.", "hvb\\.[\\w-]{138,300}", 4);
    add("grafana-service-account-token", "glsa_", "glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}", 3);
    add("grafana-cloud-api-token", "glc_", "glc_[A-Za-z0-9+/]{32,400}={0,3}", 3);
    add("databricks-api-token", "dapi", "dapi[a-f0-9]{32}(?:-\\d)?" + END, 3);
    add("npm-access-token", "npm_", "npm_[a-z0-9A-Z]{36}", 2);
    for (var kind :
        List.of("sk_live_", "sk_test_", "sk_prod_", "rk_live_", "rk_test_", "rk_prod_")) {
      add("stripe-access-token", kind, kind + "[a-zA-Z0-9]{10,99}", 2);
    }
    add(
        "private-key",
        "-----BEGIN",
        "-----BEGIN[ A-Z0-9_-]{0,100}PRIVATE KEY(?: BLOCK)?-----[\\s\\S]{64,}?KEY(?: BLOCK)?-----",
        0);
    add("jwt", "ey", "ey[a-zA-Z0-9]{17,}\\.ey[\\w/\\\\-]{17,}\\.[\\w/\\\\-]{10,}={0,2}", 3);
    add("jwt-base64", "ZXlK", "ZXlK[A-Za-z0-9+/]{60,}={0,2}", 2);
    add(
        "curl-auth-header",
        "curl",
        "curl\\b[^\\n"
            + "]{0,300}?(?:-H|--header)\\s{0,3}[\"'](?:Authorization:\\s{0,3}(?:Bearer|Basic|Token)\\s|X-Api-Key:\\s?)[A-Za-z0-9_.=~/+-]{16,}",
        2.75);
    add(
        "curl-auth-user",
        "curl",
        "curl\\b[^\\n]{0,300}?(?:-u|--user)\\s{0,3}[\"']?[^\\s\"':$]{2,60}:[^\\s\"'$]{8,}",
        2);
    add("mailgun-private-api-token", "key-", "key-[a-f0-9]{32}" + END, 3);
    add(
        "kubernetes-secret-yaml",
        "kind:",
        "kind:\\s{0,3}[\"']?Secret\\b[\\s\\S]{0,400}?\\bdata:\\s{0,5}\\n"
            + "\\s{1,8}[\\w.-]{1,60}:\\s{0,3}[\"']?[A-Za-z0-9+/]{10,}",
        0);
  }

  private SecretShapes() {}

  private static void add(String id, String trigger, String shape, double entropy) {
    ALL.add(new Shape(id, trigger, 0, Pattern.compile(shape), entropy));
  }

  static List<Shape> all() {
    return List.copyOf(ALL);
  }
}
