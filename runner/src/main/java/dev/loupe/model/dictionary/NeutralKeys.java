package dev.loupe.model.dictionary;

import java.util.Set;

/**
 * Keys of a configuration that change nothing in what a finished dictionary computes: where it was computed, and how it was
 * trained. SAELens writes some of them, its versions before 6 wrote nearly all.
 */
final class NeutralKeys {
    private static final Set<String> KEYS = Set.of(
            ("device dtype sae_lens_version sae_lens_training_version neuronpedia_id model_class_name prepend_bos context_size "
                            + "seqpos_slice exclude_special_tokens dataset_path dataset_trust_remote_code hf_hook_name "
                            + "hf_hook_name_out training_architecture training_architecture_details "
                            // training
                            + "act_store_device adam_beta1 adam_beta2 autocast autocast_lm aux_loss_coefficient "
                            + "b_dec_init_method cached_activations_path checkpoint_path compile_llm compile_sae d_head "
                            + "dead_feature_estimation_method dead_feature_threshold dead_feature_window decoder_init_norm "
                            + "decoder_heuristic_init decoder_orthogonal_init disable_concat_sequences "
                            + "eval_batch_size_prompts eval_every_n_wandb_logs expansion_factor feature_reinit_scale "
                            + "feature_sampling_method feature_sampling_window from_pretrained_path ghost_grads_weight "
                            + "hook_eval hook_layer hook_point_layer init_encoder_as_decoder_transpose is_dataset_tokenized "
                            + "jumprelu_ste_to_input target_l0 use_matryoshka_aux_loss "
                            + "jumprelu_bandwidth jumprelu_init_threshold jumprelu_sparsity_loss_mode jumprelu_tanh_scale "
                            + "l0_coefficient l0_warm_up_steps l1_coefficient l1_warm_up_steps llm_compilation_mode "
                            + "log_activations_store_to_wandb log_optimizer_state_to_wandb log_to_wandb "
                            + "log_weights_to_wandb lp_norm lr lr_decay_steps lr_end lr_scheduler_name lr_warm_up_steps "
                            + "matryoshka_widths model_kwargs mse_loss_normalization n_batches_in_buffer n_checkpoints "
                            + "n_eval_batches n_restart_cycles new_cached_activations_path noise_scale "
                            + "normalize_sae_decoder output_path pre_act_loss_coefficient resample_batches run_name "
                            + "sae_compilation_mode save_final_checkpoint scale_sparsity_penalty_by_decoder_norm seed "
                            + "sparsity_penalty store_batch_size store_batch_size_prompts streaming tokens_per_buffer "
                            + "topk_threshold_lr total_training_tokens train_batch_size train_batch_size_tokens "
                            + "training_tokens use_cached_activations use_ghost_grads use_sparse_activations verbose "
                            + "wandb_entity wandb_id wandb_log_frequency wandb_project")
                    .split(" "));

    private NeutralKeys() {}

    static boolean has(String key) {
        return KEYS.contains(key);
    }
}
